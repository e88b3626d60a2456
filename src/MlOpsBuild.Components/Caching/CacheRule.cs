namespace MlOpsBuild.Components.Caching;

/// <summary>What a target of a build depends on, and what it makes.</summary>
/// <param name="Inputs">Patterns of files that it reads.</param>
/// <param name="Outputs">Files and folders that it makes.</param>
/// <param name="Values">Values that it depends on, by name.</param>
internal sealed record CacheRule(
    IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<(string Name, Func<object?> Value)> Values)
{
    public static CacheRule None { get; } = new([], [], []);
}
