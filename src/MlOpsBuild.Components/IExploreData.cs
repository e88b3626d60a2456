using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Looks at data and at what can be learnt from it, before anything is trained for use.</summary>
public interface IExploreData : IValidateData
{
    /// <summary>How many times training ends and prediction begins.</summary>
    [Parameter("With Backtest: how many times training ends and prediction begins; 4 by default")]
    int? Cuts => TryGetValue<int?>(() => Cuts);

    /// <summary>Days predicted after each cut.</summary>
    [Parameter("With Backtest: days predicted after each cut; as many as the pipeline holds out by default")]
    int? Horizon => TryGetValue<int?>(() => Horizon);

    /// <summary>Training windows to compare.</summary>
    [Parameter("With Backtest: training windows to compare with the first one, several: all, last:DAYS, weighted:DAYS (the half-life of a row's weight); three usual ones by default")]
    string[]? Windows => TryGetValue(() => Windows);

    /// <summary>Compares training windows on the past.</summary>
    Target Backtest => _ => _
        .Description("Trains at several times in the past and predicts the days after, with different training windows: table and chart")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .Performs(this, (session, ct) => BacktestFlow.BacktestAsync(session, [.. RunsOf(session)], Cuts, Horizon, Windows ?? [], ct));

    /// <summary>Shows what data look like.</summary>
    Target Profile => _ => _
        .Description("Shows what data look like, in one pass with bounded memory: table and page of all columns, and the promises that cells break. Of the pipelines' own data, or of any file: Profile --data FILE")
        .Looks(this, async (session, ct) =>
        {
            if (Data is { } file && Pipeline == null)
            {
                await ProfileFlow.ProfileAsync(session, file, ct);
                return;
            }

            foreach (var run in RunsOf(session))
            {
                await ProfileFlow.ProfileAsync(session, run, Data, ct);
            }
        });

    /// <summary>The name of a new pipeline.</summary>
    [Parameter("With InferContract: the name of the new pipeline; the file's by default")]
    string? Name => TryGetValue(() => Name);

    /// <summary>The column to predict.</summary>
    [Parameter("With InferContract: the column to predict; a guess by default")]
    string? Label => TryGetValue(() => Label);

    /// <summary>Writes a record and a pipeline for a file.</summary>
    Target InferContract => _ => _
        .Description("Writes the record and a first pipeline for a file: InferContract --data FILE --name NAME --label COLUMN; with --pipeline it shows what that one's contract would have to say")
        .Looks(this, (session, ct) => InferenceFlow.InferAsync(session, Data, Name, Label, Pipeline == null ? [] : [.. RunsOf(session).Select(run => run.Specification)], ct));

    /// <summary>Compares the drift test with other rules.</summary>
    Target DriftSelfTest => _ => _
        .Description("Draws samples from the pipeline's own rows, with and without drift, and counts the alarms of our test beside the stability index and the defaults of Evidently and TFDV")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .Performs(this, (session, ct) => DriftFlow.SelfTestAsync(session, [.. RunsOf(session)], ct));
}
