import SuoyinStorage
import SuoyinText

extension Manifest {
  /// The fields of the index, for its writer.
  func fields(in folder: IndexFolder) throws(IndexError) -> FieldSchema {
    let kept = try indexing { () throws(StorageError) in try readOptions(in: folder) }
    return kept?.fields ?? FieldSchema()
  }
}

extension FieldSchema {
  /// These fields and those of another schema.
  ///
  /// - Throws: `otherField` where a field is of another kind there.
  func adding(_ declared: FieldSchema?, directory: String) throws(IndexError) -> FieldSchema {
    var fields = self
    for field in declared?.fields ?? [] {
      guard let kind = fields[field.name] else {
        fields.insert(field)
        continue
      }
      guard kind == field.kind else {
        throw .otherField(directory: directory, name: field.name, index: kind, asked: field.kind)
      }
    }
    return fields
  }
}

extension Article {
  /// The further fields, and why they cannot be read where they cannot.
  var fieldsAndMisfit: (fields: [WrittenField], misfits: [FieldMisfit]) {
    do throws(FieldMisfit) { return (try writtenFields(), []) } catch { return ([], [error]) }
  }
}
