using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Numbers or times that break no promise and mean no missing value, written as most files do.</summary>
/// <param name="Kind">Which of both.</param>
/// <param name="Minimum">The smallest; of times in days.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="AreWhole">Whether they have no fraction.</param>
internal readonly record struct PlainValues(CellKind Kind, double Minimum, double Maximum, bool AreWhole)
{
    /// <summary>Whether a format has such: not where it writes numbers otherwise, or where one can mean that there is no value.</summary>
    public static bool AreIn(TableFormat format) => !format.DecimalComma && !MissingTexts.HaveDigits(format);

    /// <summary>Reads cells that follow one another.</summary>
    /// <param name="keys">What they are known by.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="from">The first one.</param>
    /// <param name="values">Where the numbers go, also those that are none of these; NaN where a cell is written otherwise.</param>
    public void Read(KeyBlock keys, ColumnCells cells, int from, Span<double> values)
    {
        if (Kind == CellKind.Number)
        {
            DecimalDigits.Parse(keys.Lows[..values.Length], keys.Highs, keys.Lengths, values);
            return;
        }

        for (var i = 0; i < values.Length; i++)
        {
            values[i] = ClockDigits.TryParse(cells[from + i].Text, out var days) ? days : double.NaN;
        }
    }

    /// <summary>Whether a number is one of them; NaN is not.</summary>
    public bool Contain(double number) => number >= Minimum && number <= Maximum && (!AreWhole || number == Math.Floor(number));

    /// <summary>Whether all numbers are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool ContainAll(ReadOnlySpan<double> numbers)
    {
        var (low, high) = (Vector256.Create(Minimum), Vector256.Create(Maximum));
        var all = Vector256<double>.AllBitsSet;
        var vectors = MemoryMarshal.Cast<double, Vector256<double>>(numbers);
        foreach (var some in vectors)
        {
            all &= Vector256.GreaterThanOrEqual(some, low) & Vector256.LessThanOrEqual(some, high);
            all &= AreWhole ? Vector256.Equals(some, Vector256.Floor(some)) : all;
        }

        var contains = all.AsUInt64() == Vector256<ulong>.AllBitsSet;
        foreach (var number in numbers[(vectors.Length * Vector256<double>.Count)..])
        {
            contains &= Contain(number);
        }

        return contains;
    }
}
