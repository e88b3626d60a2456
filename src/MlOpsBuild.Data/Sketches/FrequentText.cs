using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>A text that is kept, and what was read from it: in half a line of a cache.</summary>
internal readonly struct FrequentText
{
    private const double MostExact = 1L << 53;
    private const int LongestNumber = 18;
    private const int LongestTime = 23;
    private const int FirstBitOfProblem = 32;
    private const int FirstBitOfKind = 40;

    /// <summary>A text.</summary>
    /// <param name="key">What it is known by.</param>
    /// <param name="value">Its number; NaN where it has none.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="problem">Which promise it breaks, by number; 0 where it breaks none.</param>
    public FrequentText(TextKey key, double value, CellKind kind, byte problem) =>
        (Low, High, Value, Form) = (
            key.Low, key.High, value, (uint)key.Length | ((ulong)problem << FirstBitOfProblem) | ((ulong)kind << FirstBitOfKind));

    /// <summary>The first half of what it is known by.</summary>
    public ulong Low { get; }

    /// <summary>The other half.</summary>
    public ulong High { get; }

    /// <summary>Its number; NaN where it has none.</summary>
    public double Value { get; }

    /// <summary>Its length, its problem and its kind in one, as they are compared.</summary>
    public ulong Form { get; }

    /// <summary>Bytes of it.</summary>
    public int Length => (int)Form;

    /// <summary>Which promise it breaks, by number; 0 where it breaks none.</summary>
    public byte Problem => (byte)(Form >> FirstBitOfProblem);

    /// <summary>What it is.</summary>
    public CellKind Kind => (CellKind)(Form >> FirstBitOfKind);

    /// <summary>What it is known by.</summary>
    public TextKey Key => new(Low, High, Length);

    /// <summary>
    /// Whether other texts with this value say the same. Numbers keep some fifteen digits, times some ten microseconds: longer ones are
    /// told apart by their texts.
    /// </summary>
    public bool IsItsValue => Kind switch
    {
        CellKind.Number => Math.Abs(Value) < MostExact && Length <= LongestNumber,
        CellKind.Time => Length <= LongestTime,
        CellKind.Flag => true,
        _ => false,
    };

    /// <summary>The form of texts that break no promise, but for their length.</summary>
    public static ulong FormOf(CellKind kind) => (ulong)kind << FirstBitOfKind;
}
