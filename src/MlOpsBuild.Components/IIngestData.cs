using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Takes a snapshot of the data.</summary>
public interface IIngestData : IHazPipelines
{
    /// <summary>A file or pattern (CSV, TSV, JSON Lines, Parquet; .gz too) instead of the pipeline's own source.</summary>
    [Parameter("A file or pattern (CSV, TSV, JSON Lines, Parquet; .gz too) instead of the pipeline's own source")]
    AbsolutePath? Data => TryGetValue(() => Data);

    /// <summary>Files or patterns instead of the sources of feature views.</summary>
    [Parameter("Files or patterns instead of the sources of feature views, from the project's folder on: weather=FILE; several")]
    string[]? ViewData => TryGetValue(() => ViewData);

    /// <summary>Takes a snapshot of the data.</summary>
    Target IngestData => _ => _
        .Description("Takes a snapshot of the data")
        .ExecutesStages(this, async (session, ct) =>
        {
            RequireOnePipeline("--data", Data);
            RequireOnePipeline("--view-data", ViewData is [var first, ..] ? first : null);
            await EachAsync(
                session,
                (run, token) =>
                {
                    run.TakeViewsFrom(ViewFiles.Parse(session, ViewData ?? []));
                    return TrainingFlow.IngestAsync(session, run, Data, token);
                },
                ct);
        });
}
