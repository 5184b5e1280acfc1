// One import brings the types that the library's calls take and give, with their members:
// articles and how they are read, the writer, what a search answers, what an analysis shows, how
// good rankings are.

@_exported public import SuoyinCorpus
@_exported public import SuoyinEvaluation
@_exported public import SuoyinIndex
@_exported public import SuoyinSearch
@_exported public import SuoyinText
