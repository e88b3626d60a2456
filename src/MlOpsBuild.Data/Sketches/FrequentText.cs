using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>A text that is kept, and what was read from it.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">Its number; NaN where it has none.</param>
/// <param name="Problem">Which promise it breaks, by number; 0 where it breaks none.</param>
internal readonly record struct FrequentText(ulong Hash, int Length, CellKind Kind, double Value, byte Problem)
{
    /// <summary>Where its bytes begin.</summary>
    public int Start { get; init; }
}
