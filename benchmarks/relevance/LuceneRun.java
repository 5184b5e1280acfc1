import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene's ranking: {@code DOCUMENTS TOPICS ANALYZER RUN K1 B DEPTH}. Documents and topics are lines
 * {@code id<TAB>text}; a topic's words may all match. Analyzers: std, cjk, ja, ko.
 */
public final class LuceneRun {
  private static final String ID = "id";
  private static final String TEXT = "text";

  private LuceneRun() {}

  public static void main(String[] arguments) throws Exception {
    Analyzer analyzer = analyzer(arguments[2]);
    BM25Similarity similarity =
        new BM25Similarity(Float.parseFloat(arguments[4]), Float.parseFloat(arguments[5]));
    try (Directory directory = new ByteBuffersDirectory()) {
      index(Path.of(arguments[0]), directory, analyzer, similarity);
      try (DirectoryReader reader = DirectoryReader.open(directory);
          PrintWriter run = new PrintWriter(Path.of(arguments[3]).toFile())) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setSimilarity(similarity);
        IndexSearcher.setMaxClauseCount(100_000);
        int depth = Integer.parseInt(arguments[6]);
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
          String[] topic = line.split("\t", 2);
          ask(topic[0], topic[1], searcher, analyzer, depth, run);
        }
      }
    }
  }

  private static Analyzer analyzer(String name) throws ReflectiveOperationException {
    String type =
        switch (name) {
          case "std" -> "standard.StandardAnalyzer";
          case "cjk" -> "cjk.CJKAnalyzer";
          case "ja" -> "ja.JapaneseAnalyzer";
          case "ko" -> "ko.KoreanAnalyzer";
          default -> throw new IllegalArgumentException(name);
        };
    Class<?> analyzer = Class.forName("org.apache.lucene.analysis." + type);
    return (Analyzer) analyzer.getDeclaredConstructor().newInstance();
  }

  private static void index(
      Path documents, Directory directory, Analyzer analyzer, BM25Similarity similarity)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer).setSimilarity(similarity);
    try (IndexWriter writer = new IndexWriter(directory, config)) {
      List<String> lines = Files.readAllLines(documents);
      for (String line : lines) {
        String[] parts = line.split("\t", 2);
        Document document = new Document();
        document.add(new StringField(ID, parts[0], Field.Store.YES));
        document.add(new TextField(TEXT, parts[1], Field.Store.NO));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static void ask(
      String topic, String text, IndexSearcher searcher, Analyzer analyzer, int depth,
      PrintWriter run)
      throws IOException {
    Query query = new QueryBuilder(analyzer).createBooleanQuery(TEXT, text);
    if (query == null) return;
    ScoreDoc[] hits = searcher.search(query, depth).scoreDocs;
    for (int rank = 0; rank < hits.length; rank++) {
      String id = searcher.storedFields().document(hits[rank].doc).get(ID);
      run.println(topic + " Q0 " + id + " " + (rank + 1) + " " + hits[rank].score + " lucene");
    }
  }
}
