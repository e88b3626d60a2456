using System.Globalization;
using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Retention;

/// <summary>What is kept beside what must never go.</summary>
/// <param name="Newest">Newest runs and versions of each pipeline that are kept.</param>
/// <param name="Age">What is younger is kept too; null for no such rule.</param>
public sealed record RetentionPolicy(int Newest, TimeSpan? Age)
{
    private const int LongestAge = 36_500;

    /// <summary>Reads <c>20</c> (the newest twenty) and <c>90d</c> (what is younger than ninety days); given both, either keeps.</summary>
    /// <exception cref="UsageException">A word is neither.</exception>
    public static RetentionPolicy Parse(IReadOnlyList<string> words)
    {
        var newest = 1;
        TimeSpan? age = null;
        var findings = new List<Finding>();
        foreach (var word in words)
        {
            if (word.EndsWith('d')
                && int.TryParse(word[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days is > 0 and <= LongestAge)
            {
                age = TimeSpan.FromDays(days);
            }
            else if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
            {
                newest = count;
            }
            else
            {
                findings.Add(new(
                    "MLB4017", "Not a rule of retention", "--keep", word, "a number of newest runs such as 20, or an age such as 90d",
                    "correct the value"));
            }
        }

        return findings.Count == 0 ? new(newest, age) : throw new UsageException("--keep is not usable", findings);
    }
}
