using System.Numerics;
using System.Runtime.CompilerServices;

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
    private const ulong Tops = 0x8080_8080_8080_8080;
    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];

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

    // Eight for none.
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
