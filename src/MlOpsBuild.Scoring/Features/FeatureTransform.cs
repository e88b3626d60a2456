using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Scoring.Features;
using MlOpsBuild.Scoring.Rows;

/// <summary>Input row → design row: the fitted terms side by side.</summary>
public sealed record FeatureTransform(IReadOnlyList<FeatureTerm> Terms)
{
    /// <summary>Design rows up to this length need no memory of their own.</summary>
    public const int OnStack = 1024;

    /// <summary>Length of the design row.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public int Width { get; } = Terms.Sum(term => term.Width);

    /// <summary>Writes the design row in single precision, as models that were fitted in it read it.</summary>
    public void Write(InputRow row, Span<float> design)
    {
        Span<double> exact = Width <= OnStack ? stackalloc double[Width] : new double[Width];
        Write(row, exact);
        for (var i = 0; i < exact.Length; i++)
        {
            design[i] = (float)exact[i];
        }
    }

    /// <summary>Writes the design row; <paramref name="design"/> is <see cref="Width"/> long and overwritten.</summary>
    public void Write(InputRow row, Span<double> design)
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
