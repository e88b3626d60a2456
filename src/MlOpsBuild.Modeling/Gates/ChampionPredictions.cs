using MlOpsBuild.Modeling.Evaluation;

namespace MlOpsBuild.Modeling.Gates;

/// <summary>The champion's predictions, or why there are none.</summary>
/// <param name="Name">For example <c>champion v3</c>.</param>
/// <param name="Predictions">Predictions on the same hold-out rows.</param>
/// <param name="Problem">Why it could not be compared: it cannot score these rows, or was trained on them. Null without a champion.</param>
public sealed record ChampionPredictions(string Name, PredictionSet? Predictions, string? Problem)
{
    /// <summary>Positions of the candidate's rows that it is compared on; null are all.</summary>
    public IReadOnlyList<int>? Rows { get; init; }

    /// <summary>Nothing serves yet.</summary>
    public static ChampionPredictions None { get; } = new("no champion", null, null);
}
