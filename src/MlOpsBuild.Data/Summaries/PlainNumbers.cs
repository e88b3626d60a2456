using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOpsBuild.Data.Summaries;

/// <summary>Numbers that break no promise and mean no missing value, as long as few digits write them.</summary>
/// <param name="Minimum">The smallest.</param>
/// <param name="Maximum">The largest.</param>
/// <param name="AreWhole">Whether they have no fraction.</param>
internal readonly record struct PlainNumbers(double Minimum, double Maximum, bool AreWhole)
{
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
