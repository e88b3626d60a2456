using MlOpsBuild.Components.Flow;
using MlOpsBuild.Core;

namespace MlOpsBuild.Components;

/// <summary>Looks at data and at what can be learnt from it, before anything is trained for use.</summary>
public interface IExploreData : IValidateData
{
    /// <summary>How many times training ends and prediction begins.</summary>
    [Parameter("With Backtest: how many times training ends and prediction begins; 4 by default")]
    [ReadBy(nameof(Backtest))]
    int? Cuts => TryGetValue<int?>(() => Cuts);

    /// <summary>Days predicted after each cut.</summary>
    [Parameter("With Backtest: days predicted after each cut; as many as the pipeline holds out by default")]
    [ReadBy(nameof(Backtest))]
    int? Horizon => TryGetValue<int?>(() => Horizon);

    /// <summary>Training windows to compare.</summary>
    [Parameter("With Backtest: training windows to compare with the first one, several: all, last:DAYS, weighted:DAYS (the half-life of a row's weight); three usual ones by default")]
    [ReadBy(nameof(Backtest))]
    string[]? Windows => TryGetValue(() => Windows);

    /// <summary>Compares training windows on the past.</summary>
    Target Backtest => _ => _
        .Description("Trains at several times in the past and predicts the days after, with different training windows: table and chart")
        .Example("Backtest --windows all last:365", "which training window predicts best")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .ExecutesStages(this, (session, ct) => BacktestFlow.BacktestAsync(session, PickedRuns(session), Cuts, Horizon, Windows ?? [], ct));

    /// <summary>Shows what data look like.</summary>
    Target Profile => _ => _
        .Description("Shows what data look like, in one pass with bounded memory: table and page of all columns, and the promises that cells break. Of the pipelines' own data, or of any file: Profile --data FILE")
        .Example("Profile --data hour.csv", "what is in a file")
        .ReadsState(this, async (session, ct) =>
        {
            if (Data is { } file && Pipeline == null)
            {
                await ProfileFlow.ProfileAsync(session, file, ct);
                return;
            }

            await EachInTurnAsync(session, (run, token) => ProfileFlow.ProfileAsync(session, run, Data, token), ct);
        });

    /// <summary>What data are compared with; the word after <c>DataDiff</c>.</summary>
    [Parameter("With DataDiff: what data are compared with: a file, a pattern, a .dvc file, a version such as v3, an alias such as champion, or a run; the champion's by default")]
    [ReadBy(nameof(DataDiff))]
    string? Before => TryGetValue(() => Before);

    /// <summary>The data that are compared; the second word after <c>DataDiff</c>.</summary>
    [Parameter("With DataDiff: the data that are compared, named in the same ways; those that the pipeline reads now by default")]
    [ReadBy(nameof(DataDiff))]
    string? After => TryGetValue(() => After);

    /// <summary>Columns that say which row is which.</summary>
    [Parameter("With DataDiff: columns that say which row is which, several; what the contract or the data say by default")]
    [ReadBy(nameof(DataDiff))]
    string[]? Key => TryGetValue(() => Key);

    /// <summary>Shows how two data sets differ.</summary>
    Target DataDiff => _ => _
        .Description("Shows how two data sets differ: rows added, removed and changed, changes of the contract and whom they break, columns that moved: DataDiff A B, DataDiff champion, or DataDiff old.csv new.csv --key id")
        .Example("DataDiff old.csv new.csv --key id", "two files")
        .Example("DataDiff champion", "what the champion learnt from, and the data of now")
        .ReadsState(this, async (session, ct) =>
        {
            var runs = PickedRuns(session);
            var picked = runs.Count == 1 && (Pipeline != null || After == null) ? runs[0] : null;
            var before = await ComparedData.OfAsync(session, Before ?? "champion", runs, picked, ct);
            var now = After != null ? await ComparedData.OfAsync(session, After, runs, picked, ct)
                : await ComparedData.NowAsync(
                    session,
                    picked
                        ?? throw new UsageException(new Finding(
                            "MLB7066", "Nothing to compare with", "DataDiff", Before,
                            "two names, or --pipeline whose data of now are compared", "say what to compare with: DataDiff A B")),
                    ct);
            await DataDiffFlow.CompareAsync(session, before, now, Key ?? [], ct);
        });

    /// <summary>The name of a new pipeline.</summary>
    [Parameter("With InferContract: the name of the new pipeline; the file's by default")]
    [ReadBy(nameof(InferContract))]
    string? Name => TryGetValue(() => Name);

    /// <summary>The column to predict.</summary>
    [Parameter("With InferContract: the column to predict; a guess by default")]
    [ReadBy(nameof(InferContract))]
    string? Label => TryGetValue(() => Label);

    /// <summary>Writes a record and a pipeline for a file.</summary>
    Target InferContract => _ => _
        .Description("Writes the record and a first pipeline for a file: InferContract --data FILE --name NAME --label COLUMN; with --pipeline it shows what that one's contract would have to say")
        .Example("InferContract --data hour.csv --name Demand --label cnt", "from a file to a pipeline")
        .ReadsState(this, (session, ct) => InferenceFlow.InferAsync(
            session, Data, Name, Label, Pipeline == null ? [] : [.. PickedRuns(session).Select(run => run.Specification)], ct));

    /// <summary>Compares the drift test with other rules.</summary>
    Target DriftSelfTest => _ => _
        .Description("Draws samples from the pipeline's own rows, with and without drift, and counts the alarms of our test beside the stability index and the defaults of Evidently and TFDV")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .ExecutesStages(this, (session, ct) => DriftFlow.SelfTestAsync(session, PickedRuns(session), ct));
}
