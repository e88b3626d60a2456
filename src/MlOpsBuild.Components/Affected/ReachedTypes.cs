using System.Reflection;

namespace MlOpsBuild.Components.Affected;

/// <summary>The types that a type can reach: by what it is made of, and by what its methods use.</summary>
internal static class ReachedTypes
{
    /// <summary>What <paramref name="start"/> reaches, itself among it.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="enters">Whether types of an assembly are looked at; others are ends.</param>
    /// <param name="borders">Types that are not entered either.</param>
    /// <param name="used">What types use.</param>
    public static IReadOnlySet<Type> From(
        Type start, Func<Assembly, bool> enters, IReadOnlySet<Type> borders, UsedTypes used)
    {
        var (reached, open) = (new HashSet<Type>(), new Stack<Type>([start]));
        while (open.TryPop(out var type))
        {
            if (Plain(type) is { } plain && enters(plain.Assembly) && !borders.Contains(plain) && reached.Add(plain))
            {
                foreach (var next in used.By(plain))
                {
                    open.Push(next);
                }
            }

            // The parts of a generic type count wherever it is declared.
            foreach (var argument in type.IsGenericType ? type.GenericTypeArguments : [])
            {
                open.Push(argument);
            }
        }

        return reached;
    }

    private static Type? Plain(Type type) => type.HasElementType ? Plain(type.GetElementType()!)
        : type.IsGenericParameter ? null
        : type.IsGenericType ? type.GetGenericTypeDefinition()
        : type;
}
