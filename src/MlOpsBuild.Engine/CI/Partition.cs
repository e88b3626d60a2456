using System.Globalization;

namespace MlOpsBuild.Engine.CI;

/// <summary>One part of a target's work that several build agents share, for example <c>--partition 2/4</c>.</summary>
public sealed class Partition
{
    /// <summary>The whole work in one part.</summary>
    public static Partition Single => new() { Part = 1, Total = 1 };

    /// <summary>This part, from 1 to <see cref="Total"/>.</summary>
    public int Part { get; set; } = 1;

    /// <summary>Number of parts, at least 1.</summary>
    public int Total { get; set; } = 1;

    /// <summary>Whether <paramref name="part"/> is this one.</summary>
    public bool IsIn(int part) => Part == part;

    /// <summary>The elements that fall to this part: every <see cref="Total"/>-th, from <see cref="Part"/> on.</summary>
    public IEnumerable<T> GetCurrent<T>(IEnumerable<T> enumerable) => enumerable.Where((_, index) => index % Total == Part - 1);

    /// <summary><c>2/4</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Part}/{Total}");

    /// <summary>Reads <c>part/total</c> with 1 ≤ part ≤ total.</summary>
    /// <param name="text">What the caller wrote.</param>
    /// <param name="partition">The partition, when the text is one.</param>
    public static bool TryParse(string text, out Partition partition)
    {
        partition = Single;
        if (text.Split('/') is [var part, var total]
            && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && int.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && index >= 1 && index <= count)
        {
            partition = new() { Part = index, Total = count };
            return true;
        }

        return false;
    }
}
