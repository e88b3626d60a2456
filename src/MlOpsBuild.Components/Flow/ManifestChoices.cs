using MlOpsBuild.Core;

namespace MlOpsBuild.Components.Flow;

/// <summary>For whom manifests are written, and where to.</summary>
/// <param name="Reader">One of <see cref="ManifestFlow.Readers"/>.</param>
/// <param name="To">The file; null for one below <c>.mlops/exports</c>.</param>
/// <param name="Prometheus">Where Argo's analysis asks.</param>
internal sealed record ManifestChoices(string Reader, string? To, Uri Prometheus)
{
    private const string UsualPrometheus = "http://prometheus.monitoring.svc:9090";

    /// <summary>What the caller said.</summary>
    /// <exception cref="UsageException">It is nobody we know, or no address.</exception>
    public static ManifestChoices Of(string? reader, string? to, string? prometheus)
    {
        var findings = new List<Finding>();
        if (reader != null && !ManifestFlow.Readers.Contains(reader))
        {
            findings.Add(new(
                "MLB7162", "Nobody whom manifests are written for", "--for", reader, string.Join(" or ", ManifestFlow.Readers),
                "correct the name"));
        }

        if (!Uri.TryCreate(prometheus ?? UsualPrometheus, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            findings.Add(new(
                "MLB7163", "Not the address of a Prometheus", "--prometheus", prometheus, UsualPrometheus, "correct the address"));
        }

        return findings.Count == 0
            ? new(reader ?? ManifestFlow.Readers[0], to, address!)
            : throw new UsageException("The manifests were not written", findings);
    }
}
