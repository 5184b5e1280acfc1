// The types that the library's calls take and give, under one import.

public import SuoyinCorpus
public import SuoyinIndex
public import SuoyinSearch
public import SuoyinText

public typealias Article = SuoyinText.Article
public typealias TextEncoding = SuoyinText.TextEncoding
public typealias Analysis = SuoyinText.Analysis
public typealias AnalyzerDescription = SuoyinText.AnalyzerDescription

public typealias CorpusReader = SuoyinCorpus.CorpusReader
public typealias CorpusItem = SuoyinCorpus.CorpusItem

public typealias IndexWriter = SuoyinIndex.IndexWriter
public typealias IndexOptions = SuoyinIndex.IndexOptions
public typealias IndexError = SuoyinIndex.IndexError
public typealias AddOutcome = SuoyinIndex.AddOutcome
public typealias Similarity = SuoyinIndex.Similarity

public typealias SearchResult = SuoyinSearch.SearchResult
public typealias SearchError = SuoyinSearch.SearchError
public typealias Hit = SuoyinSearch.Hit
public typealias Snippet = SuoyinSearch.Snippet
public typealias Explanation = SuoyinSearch.Explanation
