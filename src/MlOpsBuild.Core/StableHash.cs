using System.Text;

namespace MlOpsBuild.Core;

/// <summary>
/// A hash that is the same in every process: FNV-1a of the UTF-8 bytes, mixed once more, since its low bits alone are not even.
/// </summary>
public static class StableHash
{
    /// <summary>The hash of <paramref name="text"/>.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in Encoding.UTF8.GetBytes(text))
        {
            hash = (hash ^ unit) * 1099511628211UL;
        }

        return SplitMix64.Mix(hash);
    }
}
