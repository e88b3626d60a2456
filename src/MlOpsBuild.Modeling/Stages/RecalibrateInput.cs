using MlOpsBuild.Core;
using MlOpsBuild.Modeling.Calibrating;

namespace MlOpsBuild.Modeling.Stages;

/// <summary>A model that serves, to be calibrated anew on rows that came since it was trained.</summary>
/// <param name="Model">The model.</param>
/// <param name="Name">What it is called, for example <c>v3</c>.</param>
/// <param name="Through">The time of the newest row that it was trained on; null where that is not known.</param>
/// <param name="Training">The rows, and what is held out of them.</param>
/// <param name="Method">How.</param>
public sealed record RecalibrateInput(Artifact Model, string Name, DateTime? Through, TrainInput Training, CalibrationMethod Method);
