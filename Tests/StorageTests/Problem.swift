import SuoyinStorage

/// The problem of the storage error that `body` throws; nil where it throws none.
func problem(_ body: () throws(StorageError) -> Void) -> StorageError.Problem? {
  do { try body() } catch { return error.problem }
  return nil
}
