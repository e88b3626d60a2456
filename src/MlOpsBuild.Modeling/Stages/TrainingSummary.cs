namespace MlOpsBuild.Modeling.Stages;

/// <summary>What was trained; the model itself is the output <c>model.json</c>.</summary>
/// <param name="Trainer">The trainer's name.</param>
/// <param name="Rows">Training rows.</param>
/// <param name="HeldOut">Rows kept out.</param>
/// <param name="Through">Time of the last training row.</param>
/// <param name="HoldOutFrom">Time of the first held-out row.</param>
/// <param name="HoldOutThrough">Time of the last held-out row.</param>
/// <param name="Columns">Width of the design row.</param>
public sealed record TrainingSummary(string Trainer, int Rows, int HeldOut, DateTime? Through, DateTime? HoldOutFrom, DateTime? HoldOutThrough, int Columns);
