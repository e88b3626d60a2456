using System.Runtime.CompilerServices;

namespace MlOpsBuild.Core.Files;

/// <summary>Orders names as people do: runs of digits by their number, all else by code point.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The order.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc />
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Compare(string? x, string? y)
    {
        // Paths of one folder are alike for long; a number that only begins alike is compared whole.
        var alike = x.AsSpan().CommonPrefixLength(y);
        while (alike > 0 && char.IsAsciiDigit(x![alike - 1]))
        {
            alike--;
        }

        var left = x.AsSpan(alike);
        var right = y.AsSpan(alike);
        while (left.Length > 0 && right.Length > 0)
        {
            var digits = Digits(left);
            var others = Digits(right);
            var order = digits > 0 && others > 0
                ? ByNumber(left[..digits].TrimStart('0'), right[..others].TrimStart('0'))
                : left[0] - right[0];
            if (order != 0)
            {
                return order;
            }

            left = left[Math.Max(digits, 1)..];
            right = right[Math.Max(others, 1)..];
        }

        // 7 and 007 are one number and two names.
        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    private static int ByNumber(ReadOnlySpan<char> number, ReadOnlySpan<char> other) =>
        number.Length != other.Length ? number.Length - other.Length : number.SequenceCompareTo(other);

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
