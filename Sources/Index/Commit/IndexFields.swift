import SuoyinStorage
import SuoyinText

extension FieldSchema {
  /// The fields that a writer begins with, and those of the last commit.
  ///
  /// An index that is replaced leaves its fields where nothing else is asked for.
  static func ofIndex(
    _ manifest: Manifest?, in folder: IndexFolder, _ options: IndexOptions
  ) throws(IndexError) -> (fields: FieldSchema, committed: FieldSchema?) {
    let asksAnew = options.replacesIndex && (options.fields != nil || options.analyzer != nil)
    guard let manifest, !asksAnew else { return (options.fields ?? FieldSchema(), nil) }
    let kept = try indexing { () throws(StorageError) in try manifest.readOptions(in: folder) }
    let committed = kept?.fields ?? FieldSchema()
    return (try committed.adding(options.fields, directory: folder.path), committed)
  }

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
