using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Rows;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>What a server needs of a bundle.</summary>
/// <param name="Model">The model.</param>
/// <param name="Known">Columns of the data contract that are known when predicting.</param>
/// <param name="Contract">What a request to this model keeps to.</param>
public sealed record ServedModel(Artifact Model, IReadOnlyList<FieldRule> Known, RequestContract Contract)
{
    /// <summary>The model of <paramref name="bundle"/>.</summary>
    /// <exception cref="StageFailedException">A part is missing or damaged.</exception>
    public static async Task<ServedModel> OfAsync(Bundle bundle, CancellationToken cancellationToken) => await OfAsync(
        await bundle.PartAsync(BundlePart.Model, cancellationToken), await bundle.PartAsync(BundlePart.Contract, cancellationToken), cancellationToken);

    /// <summary>The model in these two parts of a bundle.</summary>
    public static async Task<ServedModel> OfAsync(Artifact model, Artifact contract, CancellationToken cancellationToken)
    {
        var fields = CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(model.Path, cancellationToken)).Fields;
        var known = CanonicalJson.Deserialize<DataContract>(await File.ReadAllBytesAsync(contract.Path, cancellationToken)).KnownWhenPredicting;
        return new(model, known, RequestContract.Of(fields, known));
    }
}
