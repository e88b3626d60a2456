using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>A pipeline that a build runs.</summary>
public abstract class ModelPipeline
{
    /// <summary>Name on the command line and in the store; the class's name unless overridden.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Names of the parameters that it takes with <paramref name="settings"/>, which may set some of them.</summary>
    public abstract IReadOnlyList<string> ParameterNames(IReadOnlyDictionary<string, string> settings);

    /// <summary>What <c>Tune</c> may choose of the parameters that it takes with <paramref name="settings"/>.</summary>
    public abstract IReadOnlyList<SearchRange> SearchRanges(IReadOnlyDictionary<string, string> settings);

    /// <summary>The pipeline with <paramref name="settings"/> for its parameters.</summary>
    /// <exception cref="Core.UsageException">The definition or a setting is wrong; all problems at once.</exception>
    public abstract PipelineSpec Specify(IReadOnlyDictionary<string, string> settings);
}
