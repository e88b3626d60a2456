namespace MlOpsBuild.Scoring.Features;

/// <summary>Input row → design row: the fitted terms side by side.</summary>
public sealed record FeatureTransform(IReadOnlyList<FeatureTerm> Terms)
{
    /// <summary>Length of the design row.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Width { get; } = Terms.Sum(term => term.Width);

    /// <summary>The design row in single precision, as models that were fitted in it read it.</summary>
    public float[] Singles(ReadOnlySpan<double> row)
    {
        Span<double> design = Width <= 1024 ? stackalloc double[Width] : new double[Width];
        Write(row, design);
        var singles = new float[design.Length];
        for (var i = 0; i < singles.Length; i++)
        {
            singles[i] = (float)design[i];
        }

        return singles;
    }

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
