using MlOpsBuild.Data.Tables;
using MlOpsBuild.Modeling.Features;
using MlOpsBuild.Scoring;

namespace MlOpsBuild.Modeling.Training;

/// <summary>Turns training rows into a model; the same rows give the same bytes. The seam for further model families.</summary>
internal interface ITrainer
{
    TrainedModel Train(DataTable rows, IReadOnlyList<FeatureSpec> features, TargetTransform scale, CancellationToken cancellationToken);
}
