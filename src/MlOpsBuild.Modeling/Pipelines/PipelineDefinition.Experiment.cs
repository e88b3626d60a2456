using MlOpsBuild.Modeling.Experiments;

namespace MlOpsBuild.Modeling.Pipelines;

/// <content>How versions are compared on a business metric.</content>
public sealed partial class PipelineDefinition<TRow>
{
    private ExperimentPolicy? _experiment;

    // The units of a test are known from before it: they are kept from the first deployment on.
    private MonitorPolicy Watching => _experiment == null ? _monitoring
        : _monitoring with { Log = _monitoring.Log with { UnitHeader = _experiment.UnitHeader } };

    /// <summary>
    /// How versions are compared on callers by a business metric: an A/B test, begun by <c>./build.sh StartExperiment</c>.
    /// </summary>
    /// <param name="metric">The metric, as <c>POST /outcome</c> names it.</param>
    /// <param name="experiment">What must be seen, and how it is judged; the usual when left out.</param>
    public PipelineDefinition<TRow> Experiment(string metric, Action<ExperimentBuilder>? experiment = null) => With(() =>
    {
        var builder = new ExperimentBuilder(metric);
        experiment?.Invoke(builder);
        _experiment = builder.Policy;
    });
}
