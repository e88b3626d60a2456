using MlOpsBuild.Engine.Definition;
using MlOpsBuild.Engine.Parameters;

namespace MlOpsBuild.Engine.Execution;

/// <summary>Finds targets by the names a caller gives.</summary>
internal sealed class TargetNames(TargetCatalog catalog, List<string> problems)
{
    /// <summary>The build's default targets.</summary>
    public List<ExecutableTarget> Of(Target[] defaults) =>
        [.. defaults.Select(factory => catalog.Targets.First(target => target.Factory.Equals(factory)))];

    /// <summary>The targets named; each unknown name is a problem.</summary>
    public List<ExecutableTarget> Of(IReadOnlyList<string> names)
    {
        var targets = new List<ExecutableTarget>();
        foreach (var name in names)
        {
            if (catalog.Find(name) is { } target)
            {
                targets.Add(target);
                continue;
            }

            var listed = catalog.Targets.Where(known => known.Listed).Select(known => known.Name).Order(StringComparer.Ordinal).ToList();
            problems.Add($"Unknown target '{name}'.{Suggestion.For(name, listed)} Targets: {string.Join(", ", listed)}.");
        }

        return [.. targets.Distinct()];
    }
}
