using MlOpsBuild.Modeling.Pipelines;

namespace MlOpsBuild.Modeling.Tuning;

/// <summary>
/// What may be chosen of a pipeline. Its definition is asked once more with every choice, since one may lead to parameters that others do
/// not ask for.
/// </summary>
/// <param name="pipeline">The pipeline.</param>
/// <param name="given">What the caller has set: it is not searched.</param>
public sealed class SearchSpace(ModelPipeline pipeline, IReadOnlyDictionary<string, string> given)
{
    /// <summary>Ranges that the declared values lead to, without those that the caller has set.</summary>
    public IReadOnlyList<SearchRange> Ranges => Asked(new Dictionary<string, string>());

    /// <summary>A value for every range that the choices lead to.</summary>
    /// <param name="choose">Chooses one.</param>
    public IReadOnlyDictionary<string, string> Choose(Func<SearchRange, string> choose)
    {
        var chosen = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var asked = Asked(chosen);
        while (asked.FirstOrDefault(range => !chosen.ContainsKey(range.Name)) is { } next)
        {
            chosen[next.Name] = choose(next);
            asked = Asked(chosen);
        }

        foreach (var name in chosen.Keys.Except(asked.Select(range => range.Name)).ToList())
        {
            chosen.Remove(name);
        }

        return chosen;
    }

    /// <summary>What <paramref name="choices"/> make of the pipeline.</summary>
    /// <exception cref="Core.UsageException">They do not fit together.</exception>
    public PipelineSpec Specify(IReadOnlyDictionary<string, string> choices) => pipeline.Specify(With(choices));

    private List<SearchRange> Asked(IReadOnlyDictionary<string, string> choices) =>
        [.. pipeline.SearchRanges(With(choices)).Where(range => !given.ContainsKey(range.Name))];

    private Dictionary<string, string> With(IReadOnlyDictionary<string, string> choices) =>
        given.Concat(choices).ToDictionary(pair => pair.Key, pair => pair.Value);
}
