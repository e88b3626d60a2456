namespace MlOpsBuild.Scoring.Features;

/// <summary>Input row → design row: the fitted terms side by side.</summary>
public sealed record FeatureTransform(IReadOnlyList<FeatureTerm> Terms)
{
    /// <summary>Length of the design row.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Width => Terms.Sum(term => term.Width);

    /// <summary>Writes the design row; <paramref name="design"/> is <see cref="Width"/> long and overwritten.</summary>
    public void Write(ReadOnlySpan<double> row, Span<double> design)
    {
        design.Clear();
        var start = 0;
        foreach (var term in Terms)
        {
            term.Write(row, design.Slice(start, term.Width));
            start += term.Width;
        }
    }
}
