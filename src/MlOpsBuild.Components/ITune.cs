using MlOpsBuild.Components.Flow;

namespace MlOpsBuild.Components;

/// <summary>Searches for the values of parameters.</summary>
public interface ITune : IValidateData, IRunStage
{
    /// <summary>How many settings are tried.</summary>
    [Parameter("With Tune: how many settings are tried; 30 by default, and with --budget as many as there is time for")]
    int? Trials => TryGetValue<int?>(() => Trials);

    /// <summary>How long new settings are tried.</summary>
    [Parameter("With Tune: how long new settings are tried, for example 90s, 10m or 2h; what has begun is finished")]
    string? Budget => TryGetValue(() => Budget);

    /// <summary>How they are searched.</summary>
    [Parameter("With Tune: tpe (where good trials are dense; by default), random, or halving (many on few rows, the best on all)")]
    string? Search => TryGetValue(() => Search);

    /// <summary>How often each is validated.</summary>
    [Parameter("With Tune: folds of the rows before the hold-out that each trial is validated on; 3 by default")]
    int? Folds => TryGetValue<int?>(() => Folds);

    /// <summary>Searches for the values of parameters.</summary>
    Target Tune => _ => _
        .Description("Searches for values of the parameters that the pipeline gives a range, on rows before the hold-out; Train in the same build takes the best")
        .Example("Tune Train TestModel", "thirty trials, and the best through the same gates")
        .Example("Tune --trials 50 --search tpe", "an interrupted search goes on where it was when the same command is given again")
        .DependsOn<IValidateData>(build => build.ValidateData)
        .ExecutesStages(this, (session, ct) =>
        {
            var choices = TuneChoices.Read(Trials, Budget, Search, Folds);
            return EachInTurnAsync(session, (run, token) => TuningFlow.TuneAsync(session, run, choices, PickedNames.Count == 1, token), ct);
        });
}
