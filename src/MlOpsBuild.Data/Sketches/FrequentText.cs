using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>A text that is kept, and what was read from it.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Value">Its number; NaN where it has none.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Problem">Which promise it breaks, by number; 0 where it breaks none.</param>
internal readonly record struct FrequentText(TextKey Key, double Value, CellKind Kind, byte Problem)
{
    private const double MostExact = 1L << 53;
    private const int LongestNumber = 18;
    private const int LongestTime = 23;

    /// <summary>
    /// Whether other texts with this value say the same. Numbers keep some fifteen digits, times some ten microseconds: longer ones are
    /// told apart by their texts.
    /// </summary>
    public bool IsItsValue => Kind switch
    {
        CellKind.Number => Math.Abs(Value) < MostExact && Key.Length <= LongestNumber,
        CellKind.Time => Key.Length <= LongestTime,
        CellKind.Flag => true,
        _ => false,
    };
}
