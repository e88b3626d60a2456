using MlOpsBuild.Components.Session;
using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Deployments;
using MlOpsBuild.Delivery.Governance;
using MlOpsBuild.Modeling.Gates;
using MlOpsBuild.Modeling.Pipelines;
using MlOpsBuild.Packaging.Bundles;
using MlOpsBuild.Packaging.Oci;
using MlOpsBuild.Reporting.EvidencePacks;
using MlOpsBuild.Store.Runs;
using static System.FormattableString;

namespace MlOpsBuild.Components.Flow;

/// <summary>Everything that is kept of a version, as documents. What is not there is left out, and nothing is made up.</summary>
internal sealed class EvidenceDocuments(RunSession session, NamedVersion named)
{
    private readonly List<PackDocument> _documents = [];

    /// <param name="pipeline">The pipeline as the checkout defines it; null where it does not.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<IReadOnlyList<PackDocument>> ReadAsync(ModelPipeline? pipeline, CancellationToken cancellationToken)
    {
        var run = await named.RunAsync(session, "Evidence", cancellationToken);
        Add(PackDocument.Version, named.Version, "the registry of versions");
        Add(PackDocument.Run, run, $"the run {run.Id}");
        Add(
            PackDocument.Lineage, await LineageFlow.OfAsync(session, named.Pipeline, named.Version, cancellationToken),
            "registry, deployments and run");
        await AddBundleAsync(cancellationToken);
        await AddRunsOthersAsync(run, cancellationToken);
        await AddDeliveryAsync(cancellationToken);
        if (pipeline?.Specify(new Dictionary<string, string>()) is { } now)
        {
            Add(PackDocument.Monitoring, now.Monitoring, "the pipeline's definition in this checkout");
            if (now.Retraining is { } retraining)
            {
                Add(PackDocument.Retraining, retraining, "the pipeline's definition in this checkout");
            }
        }

        return [.. _documents.OrderBy(document => document.Path, StringComparer.Ordinal)];
    }

    private async Task AddBundleAsync(CancellationToken cancellationToken)
    {
        var bundle = await Bundle.OpenAsync(session.Store, named.Version.Bundle, cancellationToken);
        foreach (var (path, part) in new[]
        {
            (PackDocument.Contract, BundlePart.Contract), (PackDocument.Profile, BundlePart.Profile),
            (PackDocument.Evidence, BundlePart.Evidence), (PackDocument.Card, BundlePart.Card),
        })
        {
            _documents.Add(new(path, await session.Store.Blobs.ReadAsync(bundle.DigestOf(part), cancellationToken), "the bundle"));
        }

        var evidence = CanonicalJson.Deserialize<Evidence>(_documents.Single(document => document.Is(PackDocument.Evidence)).Content);
        _documents.Add(new(
            PackDocument.CardPage,
            System.Text.Encoding.UTF8.GetBytes(
                ModelCard.Page(bundle.Description, evidence.Gates, CardDependences.Of(evidence.Explanation))),
            "the bundle"));
        if (bundle.Description.Card is { } statement)
        {
            Add(PackDocument.Statement, statement, "the bundle: .Card(…) of the pipeline");
        }
    }

    private async Task AddRunsOthersAsync(RunRecord run, CancellationToken cancellationToken)
    {
        if (run.Tuning is { } tuning && await session.Store.Blobs.EnsureAsync(tuning, cancellationToken))
        {
            _documents.Add(new(PackDocument.Tuning, await session.Store.Blobs.ReadAsync(tuning, cancellationToken), $"the run {run.Id}"));
        }

        if (run.Image is { } image)
        {
            Add(PackDocument.Image, new { image, others = run.OtherImages ?? [] }, $"the run {run.Id}");
        }

        foreach (var attached in run.Attestations ?? [])
        {
            if (!await session.Store.Blobs.EnsureAsync(attached, cancellationToken))
            {
                continue;
            }

            var manifest = CanonicalJson.Deserialize<OciManifest>(await session.Store.Blobs.ReadAsync(attached, cancellationToken));
            foreach (var layer in manifest.Layers)
            {
                if (await session.Store.Blobs.EnsureAsync(layer.Digest, cancellationToken))
                {
                    var path = $"{PackDocument.Attestations}{layer.Digest.Abbreviated}.json";
                    _documents.RemoveAll(document => document.Path == path);
                    _documents.Add(new(
                        path, await session.Store.Blobs.ReadAsync(layer.Digest, cancellationToken),
                        $"attached to the image: {manifest.ArtifactType ?? layer.MediaType}"));
                }
            }
        }
    }

    private async Task AddDeliveryAsync(CancellationToken cancellationToken)
    {
        var deployments = (await new DeploymentStore(session.Store).OfAsync(named.Pipeline, cancellationToken))
            .Where(record => record.Version == named.Version.Number || record.From == named.Version.Number)
            .ToList();
        AddSome(PackDocument.Deployments, deployments, "the records of deployments");
        var approvals = new List<Approval>();
        foreach (var environment in ServingPlaces.Environments)
        {
            approvals.AddRange(await new ApprovalStore(session.Store).OfAsync(
                named.Pipeline, environment, named.Version.Bundle, cancellationToken));
        }

        AddSome(PackDocument.Approvals, approvals, "approvals of this bundle");
        var prefix = named.Pipeline + "/";
        AddSome(
            PackDocument.Audit,
            (await session.Store.Audit.ReadAsync(cancellationToken))
                .Where(entry => entry.Subject == named.Pipeline || entry.Subject.StartsWith(prefix, StringComparison.Ordinal)
                    || entry.Subject == Invariant($"{named.Pipeline}-v{named.Version.Number}"))
                .ToList(),
            "the audit log: entries about this pipeline; their digests are of the whole chain");
    }

    private void AddSome<T>(string path, IReadOnlyList<T> records, string from)
    {
        if (records.Count > 0)
        {
            Add(path, records, from);
        }
    }

    private void Add<T>(string path, T document, string from) => _documents.Add(new(path, CanonicalJson.Serialize(document), from));
}
