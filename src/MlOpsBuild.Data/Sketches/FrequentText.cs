using System.Runtime.CompilerServices;
using MlOpsBuild.Data.Summaries;

namespace MlOpsBuild.Data.Sketches;

/// <summary>A text that is kept, and what was read from it.</summary>
/// <param name="Low">The first half of what it is known by.</param>
/// <param name="High">The other half.</param>
/// <param name="Value">Its number; NaN where it has none.</param>
/// <param name="Length">Bytes of it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Problem">Which promise it breaks, by number; 0 where it breaks none.</param>
internal readonly record struct FrequentText(ulong Low, ulong High, double Value, int Length, CellKind Kind, byte Problem)
{
    private const double MostExact = 1L << 53;
    private const int LongestNumber = 18;
    private const int LongestTime = 23;

    // A byte, so that half a line of a cache holds all.
    private readonly byte _kind = (byte)Kind;

    /// <summary>A text that breaks no promise.</summary>
    public FrequentText(TextKey key, double value, CellKind kind)
        : this(key.Low, key.High, value, key.Length, kind, 0)
    {
    }

    /// <summary>What it is.</summary>
    public CellKind Kind => (CellKind)_kind;

    /// <summary>Whether it has that kind and length and breaks no promise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsPlain(CellKind kind, int length) => (_kind == (byte)kind) & (Length == length) & (Problem == 0);

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
}
