using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MlOpsBuild.Core.Fields;

/// <summary>
/// Reads numbers of at most eight characters and a minus, as most files have them, all characters at once. So few digits and a power of
/// ten are exact, and one division of two exact numbers is rounded once (Clinger 1990, "How to read floating point numbers accurately").
/// </summary>
public static class DecimalDigits
{
    private const int Most = 8;
    private const ulong Zeros = 0x3030_3030_3030_3030;
    private const ulong Points = 0x2E2E_2E2E_2E2E_2E2E;
    private const ulong HighHalves = 0xF0F0_F0F0_F0F0_F0F0;
    private const ulong ToHighHalf = 0x0606_0606_0606_0606;
    private const ulong Digits = 0x3333_3333_3333_3333;
    private const ulong Ones = 0x0101_0101_0101_0101;
    private const ulong Places = 0x0001_0203_0405_0607;
    private const double TwoTo52 = 1L << 52;
    private const ulong Tops = 0x8080_8080_8080_8080;
    private static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];

    /// <summary>Reads a number.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="number">The number; NaN where it is none of so few digits, which says nothing about other ways to write one.</param>
    /// <returns>Whether it was read: a minus or none, then digits, or digits on both sides of a point.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(in ShortText text, out double number)
    {
        number = double.NaN;
        var minus = (byte)text.Low == '-' ? 1 : 0;
        var length = text.Length - minus;
        if (length is < 1 or > Most)
        {
            return false;
        }

        // Signs come without order: a branch would be guessed wrong every other time.
        var characters = (text.Low >> (8 * minus)) | ((ulong)minus * (text.High << 56));
        var decimals = 0;
        if (FirstPoint(characters) is < Most and var point)
        {
            decimals = length - 1 - point;
            if (point == 0 || decimals == 0)
            {
                return false;
            }

            // What stands behind the point moves up to it.
            var before = (1UL << (8 * point)) - 1;
            characters = (characters & before) | ((characters >> 8) & ~before);
            length--;
        }

        if (!TryWhole(characters, length, out var digits))
        {
            return false;
        }

        number = decimals == 0 ? digits : digits / PowersOfTen[decimals];
        number = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(number) | ((long)minus << 63));
        return true;
    }

    /// <summary>Reads several numbers, as <see cref="TryParse"/> reads one.</summary>
    /// <param name="lows">The first eight bytes of their texts.</param>
    /// <param name="highs">The eight that follow.</param>
    /// <param name="lengths">Bytes of their texts.</param>
    /// <param name="numbers">Where the numbers go; NaN where a text is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Parse(ReadOnlySpan<ulong> lows, ReadOnlySpan<ulong> highs, ReadOnlySpan<ulong> lengths, Span<double> numbers)
    {
        var i = 0;
        for (; Avx2.IsSupported && i <= lows.Length - Vector256<ulong>.Count; i += Vector256<ulong>.Count)
        {
            Parse(Vector256.Create(lows[i..]), Vector256.Create(highs[i..]), Vector256.Create(lengths[i..])).CopyTo(numbers[i..]);
        }

        for (; i < lows.Length; i++)
        {
            numbers[i] = TryParse(new(lows[i], highs[i], (int)lengths[i]), out var number) ? number : double.NaN;
        }
    }

    // The same steps as for one; a point is found by the lowest bit of those that mark one.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Parse(Vector256<ulong> low, Vector256<ulong> high, Vector256<ulong> lengths)
    {
        var (one, zero) = (Vector256<ulong>.One, Vector256<ulong>.Zero);
        var minus = Vector256.Equals(low & Vector256.Create(0xFFUL), Vector256.Create((ulong)'-'));
        var length = lengths + minus;
        var isNumber = Vector256.LessThan((length - one).AsInt64(), Vector256.Create((long)Most))
            & Vector256.GreaterThan(length.AsInt64(), Vector256<long>.Zero);
        var characters = Vector256.ConditionalSelect(minus, (low >> 8) | (high << 56), low);

        var zeroAtPoint = characters ^ Vector256.Create(Points);
        var marks = (zeroAtPoint - Vector256.Create(Ones)) & ~zeroAtPoint & Vector256.Create(Tops);
        var first = (marks & (zero - marks)) >> 7;
        var before = first - one;
        var hasPoint = ~Vector256.Equals(first, zero);
        var point = (first * Vector256.Create(Places)) >> 56;
        var decimals = (length - one - point) & hasPoint;
        isNumber &= (~hasPoint | ~(Vector256.Equals(point, zero) | Vector256.Equals(decimals, zero))).AsInt64();
        characters = (characters & before) | ((characters >> 8) & ~before);
        var digitBits = (length + hasPoint) << 3;

        var eight = Avx2.ShiftLeftLogicalVariable(characters, Vector256.Create(64UL) - digitBits)
            | Avx2.ShiftRightLogicalVariable(Vector256.Create(Zeros), digitBits);
        var halves = Vector256.Create(HighHalves);
        isNumber &= Vector256.Equals(
            (eight & halves) | (((eight + Vector256.Create(ToHighHalf)) & halves) >> 4), Vector256.Create(Digits)).AsInt64();
        eight -= Vector256.Create(Zeros);
        eight = (eight << 3) + (eight << 1) + (eight >> 8);
        var pairs = Vector256.Create(0x0000_00FF_0000_00FFUL);
        var digits = (((eight & pairs) * ((1_000_000UL << 32) + 100)) + (((eight >> 16) & pairs) * ((10_000UL << 32) + 1))) >> 32;

        // Below 2^52 the bits of a whole number are those behind the ones of 2^52.
        var number = (digits | Vector256.Create(BitConverter.DoubleToUInt64Bits(TwoTo52))).AsDouble() - Vector256.Create(TwoTo52);
        number /= Power(decimals, 1, 10) * Power(decimals, 2, 100) * Power(decimals, 4, 10_000);
        number = (number.AsUInt64() | (minus << 63)).AsDouble();
        return Vector256.ConditionalSelect(isNumber.AsDouble(), number, Vector256.Create(double.NaN));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Power(Vector256<ulong> decimals, ulong bit, double power) => Vector256.ConditionalSelect(
        Vector256.Equals(decimals & Vector256.Create(bit), Vector256<ulong>.Zero).AsDouble(),
        Vector256<double>.One, Vector256.Create(power));

    // Eight for none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FirstPoint(ulong characters)
    {
        var zeroAtPoint = characters ^ Points;
        return BitOperations.TrailingZeroCount((zeroAtPoint - Ones) & ~zeroAtPoint & Tops) / 8;
    }

    // Zeros before them make eight digits of all; then pairs, fours and eights are joined.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWhole(ulong characters, int length, out uint digits)
    {
        var before = 8 * (Most - length);
        var eight = (characters << before) | (Zeros >> 1 >> (63 - before));
        digits = 0;
        if (((eight & HighHalves) | (((eight + ToHighHalf) & HighHalves) >> 4)) != Digits)
        {
            return false;
        }

        eight -= Zeros;
        eight = (eight * 10) + (eight >> 8);
        const ulong pairs = 0x0000_00FF_0000_00FF;
        digits = (uint)((((eight & pairs) * ((1_000_000UL << 32) + 100)) + (((eight >> 16) & pairs) * ((10_000UL << 32) + 1))) >> 32);
        return true;
    }
}
