using MlOpsBuild.Modeling.Tuning;

namespace MlOpsBuild.Modeling.Pipelines;

/// <summary>A pipeline over rows of <typeparamref name="TRow"/>, whose attributes are the data contract.</summary>
public abstract class ModelPipeline<TRow> : ModelPipeline
{
    /// <inheritdoc />
    public sealed override PipelineSpec Specify(IReadOnlyDictionary<string, string> settings) => Defined(settings).Build();

    /// <inheritdoc />
    public sealed override IReadOnlyList<string> ParameterNames(IReadOnlyDictionary<string, string> settings) =>
        [.. Defined(settings).Parameters.Values.Keys];

    /// <inheritdoc />
    public sealed override IReadOnlyList<SearchRange> SearchRanges(IReadOnlyDictionary<string, string> settings) =>
        Defined(settings).Parameters.Ranges;

    /// <summary>Says what the pipeline is.</summary>
    protected abstract void Define(PipelineDefinition<TRow> pipeline);

    private PipelineDefinition<TRow> Defined(IReadOnlyDictionary<string, string> settings)
    {
        var definition = new PipelineDefinition<TRow>(Name, settings);
        Define(definition);
        return definition;
    }
}
