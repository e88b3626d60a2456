namespace MlOpsBuild.Engine.Collections;

/// <summary>What builds do with each of several things.</summary>
public static class EnumerableExtensions
{
    /// <summary>Does <paramref name="action"/> with each.</summary>
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T> action)
    {
        foreach (var item in enumerable)
        {
            action(item);
        }
    }

    /// <summary>Does <paramref name="action"/> with each and its place, from 0 on.</summary>
    public static void ForEach<T>(this IEnumerable<T> enumerable, Action<T, int> action)
    {
        foreach (var (place, item) in enumerable.Index())
        {
            action(item, place);
        }
    }
}
