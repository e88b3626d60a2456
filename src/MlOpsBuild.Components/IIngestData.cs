using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Takes a snapshot of the data.</summary>
public interface IIngestData : IHazPipelines
{
    /// <summary>A file or pattern (CSV, TSV, JSON Lines, Parquet; .gz too) instead of the pipeline's own source.</summary>
    [Parameter("A file or pattern (CSV, TSV, JSON Lines, Parquet; .gz too) instead of the pipeline's own source")]
    AbsolutePath? Data => TryGetValue(() => Data);

    /// <summary>Takes a snapshot of the data.</summary>
    Target IngestData => _ => _
        .Description("Takes a snapshot of the data")
        .ExecutesStages(this, async (session, ct) =>
        {
            RequireOnePipeline("--data", Data);
            await EachAsync(session, (run, token) => TrainingFlow.IngestAsync(session, run, Data, token), ct);
        });
}
