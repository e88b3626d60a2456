using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Core.Signing;
using MlOpsBuild.Core.Views;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Scoring;
using MlOpsBuild.Scoring.Foreign;
using MlOpsBuild.Scoring.Prompts;
using MlOpsBuild.Scoring.Protocol;
using MlOpsBuild.Scoring.Rows;
using MlOpsBuild.Store;
using MlOpsBuild.Store.Signing;
using MlOpsBuild.Store.Versions;

namespace MlOpsBuild.Delivery.Servers;

/// <summary>What a server needs of a bundle.</summary>
/// <param name="Model">The model.</param>
/// <param name="Known">Columns of the data contract that are known when predicting.</param>
/// <param name="Contract">What a request to this model keeps to.</param>
public sealed record ServedModel(Artifact Model, IReadOnlyList<FieldRule> Known, RequestContract Contract)
{
    private static readonly string[] Outside =
    [
        "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ];

    // Known where the model was read; asked of its file where it was not.
    private TrainedModel? _read;

    /// <summary>What the server is to believe before it starts.</summary>
    public ServedOrigin Origin { get; init; } = ServedOrigin.Any;

    /// <summary>Feature views that rows take values of, where they do not bring them.</summary>
    public IReadOnlyList<JoinedView> Views { get; init; } = [];

    /// <summary>The model of <paramref name="version"/>.</summary>
    /// <exception cref="StageFailedException">A part is missing or damaged, or the version is not signed by anybody this
    /// environment trusts.</exception>
    public static async Task<ServedModel> OfAsync(MlOpsStore store, ModelVersion version, CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(store, version.Bundle, cancellationToken);
        var statement = version.Statement(bundle.Description.Pipeline);
        if (!store.Trust.Keys.Believes(statement, version.Signature))
        {
            throw new StageFailedException(
                $"v{version.Number} is not served",
                [new(
                    "MLB5028", "Not signed by anybody this environment trusts", $"{bundle.Description.Pipeline} v{version.Number}",
                    version.Signature?.Key ?? "no signature", "a signature by a key in .nuke/keys",
                    $"package it where {Trust.Variable} is set")],
                Verdict.Failed);
        }

        var served = await OfAsync(bundle, cancellationToken);
        return served with { Origin = new(store.Trust.Keys, statement, version.Signature) };
    }

    /// <summary>
    /// Whether an assembly scores it, which only the server that runs on .NET takes in: told by its file, which need
    /// not be here before it is served.
    /// </summary>
    public async Task<bool> NeedsRuntimeAsync(CancellationToken cancellationToken) =>
        await TrainedAsync(cancellationToken) is ForeignModel { ScoredBy: not null };

    /// <summary>
    /// Variables of the environment that it needs: of a model that asks an endpoint the key, and how the outside is reached.
    /// </summary>
    public async Task<IReadOnlyList<string>> VariablesAsync(CancellationToken cancellationToken) =>
        await TrainedAsync(cancellationToken) is PromptModel { Endpoint.KeyVariable: var key }
            ? [.. Outside, .. key == null ? (string[])[] : [key]]
            : [];

    /// <summary>The model of <paramref name="bundle"/>, whoever made it: enough to say what it takes and gives, not to serve it.</summary>
    /// <exception cref="StageFailedException">A part is missing or damaged.</exception>
    public static async Task<ServedModel> OfAsync(Bundle bundle, CancellationToken cancellationToken)
    {
        var model = await bundle.PartAsync(BundlePart.Model, cancellationToken);
        var contract = await bundle.PartAsync(BundlePart.Contract, cancellationToken);
        var trained = await ReadAsync(model, cancellationToken);
        var promised = CanonicalJson.Deserialize<DataContract>(await File.ReadAllBytesAsync(contract.Path, cancellationToken));
        var known = promised.KnownWhenPredicting;
        var request = RequestContract.Of(trained.Fields, known) with
        {
            Classes = trained.Classes,
            Rated = trained is PromptModel,
            Personal = promised.Personal,
        };
        return new(model, known, request)
        {
            _read = trained, Views = promised.Views ?? [],
        };
    }

    private static async Task<TrainedModel> ReadAsync(Artifact model, CancellationToken cancellationToken) =>
        CanonicalJson.Deserialize<TrainedModel>(await File.ReadAllBytesAsync(model.Path, cancellationToken));

    private async Task<TrainedModel> TrainedAsync(CancellationToken cancellationToken) =>
        _read ??= await ReadAsync(Model, cancellationToken);
}
