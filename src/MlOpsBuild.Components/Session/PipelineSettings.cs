using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Components.Session;

/// <summary>Reads <c>--set name=value …</c>, and says whose it is.</summary>
internal static class PipelineSettings
{
    public static Dictionary<string, string> Parse(IReadOnlyList<string> words)
    {
        var wrong = words.Where(word => word.IndexOf('=', StringComparison.Ordinal) <= 0).ToList();
        return wrong.Count == 0
            ? words.Select(word => word.Split('=', 2)).GroupBy(pair => pair[0]).ToDictionary(group => group.Key, group => group.Last()[1])
            : throw new UsageException(
                "--set is not usable",
                [.. wrong.Select(word => new Finding("MLB7071", "Not a setting", "--set", word, "name=value", "for example --set l2=10"))]);
    }

    /// <summary>
    /// What was set for each of <paramref name="pipelines"/>, by name. With several, a parameter is set where it is known; one that none of
    /// them knows is wrong everywhere.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> For(
        IReadOnlyList<ModelPipeline> pipelines, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.Count == 0 || pipelines.Count == 1)
        {
            return pipelines.ToDictionary(pipeline => pipeline.Name, _ => settings);
        }

        var known = pipelines.ToDictionary(pipeline => pipeline.Name, pipeline => pipeline.ParameterNames(settings).ToHashSet());
        return pipelines.ToDictionary(pipeline => pipeline.Name, IReadOnlyDictionary<string, string> (pipeline) =>
            settings.Where(setting => known[pipeline.Name].Contains(setting.Key) || known.Values.All(names => !names.Contains(setting.Key)))
                .ToDictionary());
    }
}
