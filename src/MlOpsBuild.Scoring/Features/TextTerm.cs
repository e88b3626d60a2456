using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;

/// <summary>A bag of words: how often each word, or run of words, of a vocabulary occurs in a free text.</summary>
/// <param name="Name">The column.</param>
/// <param name="Field">Position in the row.</param>
/// <param name="Vocabulary">Words and runs of words, in ordinal order.</param>
/// <param name="Run">Most neighbouring words in a run.</param>
public sealed record TextTerm(string Name, int Field, IReadOnlyList<string> Vocabulary, int Run) : FeatureTerm
{
    private readonly Dictionary<string, int> _positions = Vocabulary.Index()
        .ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int Width => Vocabulary.Count;

    /// <inheritdoc />
    public override IEnumerable<string> Names => Vocabulary.Select(words => $"{Name}:{words}");

    /// <inheritdoc />
    public override void Write(InputRow row, Span<double> columns)
    {
        if (row.Text(Field) is { } text)
        {
            foreach (var words in Words.Of(text, Run))
            {
                if (_positions.TryGetValue(words, out var position))
                {
                    columns[position]++;
                }
            }
        }
    }
}
