import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.MMapDirectory;

/**
 * Lucene: {@code index TOKENS DIR THREADS} and {@code query DIR QUERIES ROUNDS}, as
 * {@code compare.py} describes them; {@code index LINES DIR THREADS cjk} takes uncut text by Lucene's
 * own analysis of it. Without Lucene's optional vector module.
 */
public final class LuceneBench {
  private static final BM25Similarity SIMILARITY = new BM25Similarity(0.9f, 0.4f);
  private static final String FIELD = "text";
  private static final String[] MODES = {"top10", "top100", "count"};

  private LuceneBench() {}

  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[3]);
    switch (arguments[0]) {
      case "index" -> {
        boolean isUncut = arguments.length > 4 && arguments[4].equals("cjk");
        Analyzer analyzer = isUncut ? new CJKAnalyzer() : new WhitespaceAnalyzer();
        index(Path.of(arguments[1]), Path.of(arguments[2]), number, analyzer);
      }
      case "query" -> query(Path.of(arguments[1]), Path.of(arguments[2]), number);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void index(Path tokens, Path folder, int threads, Analyzer analyzer)
      throws Exception {
    List<String> passages = Files.readAllLines(tokens);
    long start = System.nanoTime();
    IndexWriterConfig config =
        new IndexWriterConfig(analyzer)
            .setSimilarity(SIMILARITY)
            .setRAMBufferSizeMB(512)
            .setOpenMode(IndexWriterConfig.OpenMode.CREATE)
            .setUseCompoundFile(false);
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.freeze();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (Directory directory = new MMapDirectory(folder);
        IndexWriter writer = new IndexWriter(directory, config)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int first = thread;
        parts.add(pool.submit(() -> add(passages, first, threads, type, writer)));
      }
      for (Future<?> part : parts) part.get();
      writer.forceMerge(1);
      writer.commit();
    } finally {
      pool.shutdown();
    }
    System.out.printf("{\"seconds\": %.2f}%n", (System.nanoTime() - start) / 1e9);
  }

  private static void add(
      List<String> passages, int first, int step, FieldType type, IndexWriter writer) {
    try {
      for (int number = first; number < passages.size(); number += step) {
        Document document = new Document();
        document.add(new Field(FIELD, passages.get(number), type));
        document.add(new StoredField("number", number));
        writer.addDocument(document);
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static Query build(String kind, String[] words) {
    if (kind.startsWith("phrase")) return new PhraseQuery(FIELD, words);
    if (words.length == 1) return new TermQuery(new Term(FIELD, words[0]));
    var occur = kind.startsWith("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD;
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    for (String word : words) query.add(new TermQuery(new Term(FIELD, word)), occur);
    return query.build();
  }

  private static void query(Path folder, Path queries, int rounds) throws Exception {
    List<String> kinds = new ArrayList<>();
    List<Query> built = new ArrayList<>();
    for (String line : Files.readAllLines(queries)) {
      String[] parts = line.split("\t", 2);
      kinds.add(parts[0]);
      built.add(build(parts[0], parts[1].split(" ")));
    }
    double[][] best = new double[built.size()][MODES.length];
    for (double[] row : best) Arrays.fill(row, Double.MAX_VALUE);
    Map<String, Long> matches = new TreeMap<>();
    Map<String, Double> scores = new TreeMap<>();
    try (Directory directory = new MMapDirectory(folder);
        DirectoryReader reader = DirectoryReader.open(directory)) {
      IndexSearcher searcher = new IndexSearcher(reader);
      searcher.setSimilarity(SIMILARITY);
      searcher.setQueryCache(null);
      for (int round = 0; round < rounds; round++) {
        for (int mode = 0; mode < MODES.length; mode++) {
          for (int number = 0; number < built.size(); number++) {
            String kind = kinds.get(number);
            Query query = built.get(number);
            long start = System.nanoTime();
            if (MODES[mode].equals("count")) {
              long count = searcher.count(query);
              if (round == 0) matches.merge(kind, count, Long::sum);
            } else {
              int limit = MODES[mode].equals("top10") ? 10 : 100;
              var collector = new TopScoreDocCollectorManager(limit, null, limit);
              ScoreDoc[] hits = searcher.search(query, collector).scoreDocs;
              if (round == 0 && limit == 10) {
                for (ScoreDoc hit : hits) scores.merge(kind, (double) hit.score, Double::sum);
              }
            }
            double took = (System.nanoTime() - start) / 1e3;
            best[number][mode] = Math.min(best[number][mode], took);
          }
        }
      }
    }
    Map<String, List<Double>> cells = new TreeMap<>();
    for (int number = 0; number < best.length; number++) {
      for (int mode = 0; mode < MODES.length; mode++) {
        cells
            .computeIfAbsent(kinds.get(number) + "/" + MODES[mode], cell -> new ArrayList<>())
            .add(best[number][mode]);
      }
    }
    Map<String, String> means = new TreeMap<>();
    cells.forEach(
        (cell, times) ->
            means.put(
                cell,
                String.format("%.2f", times.stream().mapToDouble(time -> time).average().orElse(0))));
    System.out.printf(
        "{\"us\": {%s}, \"matches\": {%s}, \"scores\": {%s}}%n",
        json(means), json(matches), json(scores));
  }

  private static String json(Map<String, ?> map) {
    return map.entrySet().stream()
        .map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
