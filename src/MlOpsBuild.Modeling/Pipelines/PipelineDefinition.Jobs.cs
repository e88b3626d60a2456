namespace MlOpsBuild.Modeling.Pipelines;

/// <content>What its stages need where they run as jobs of a cluster.</content>
public sealed partial class PipelineDefinition<TRow>
{
    private JobPolicy _jobs = new();

    /// <summary>What training, trials and evaluation need where they run as jobs of a cluster (<c>--executor kubernetes</c>).</summary>
    public PipelineDefinition<TRow> Jobs(Action<JobBuilder> jobs) => With(() =>
    {
        var builder = new JobBuilder();
        jobs(builder);
        _jobs = builder.Policy;
    });
}
