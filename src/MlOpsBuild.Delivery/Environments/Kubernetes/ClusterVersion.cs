using MlOpsBuild.Core;
using MlOpsBuild.Delivery.Servers;
using MlOpsBuild.Scoring.Protocol;

namespace MlOpsBuild.Delivery.Environments.Kubernetes;

/// <summary>A version as manifests name it.</summary>
/// <param name="Pipeline">The pipeline.</param>
/// <param name="Number">The version.</param>
/// <param name="Image">Its image in a registry, by digest.</param>
/// <param name="Model">The digest of its model.</param>
/// <param name="Variables">What its server is told.</param>
public sealed record ClusterVersion(
    string Pipeline, int Number, string Image, Digest Model, IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>A version with what a deployment would tell its server.</summary>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="number">The version.</param>
    /// <param name="image">Its image.</param>
    /// <param name="model">What a server needs of it.</param>
    /// <param name="fault">A fault to rehearse, or null.</param>
    public static ClusterVersion Of(string pipeline, int number, string image, ServedModel model, FaultOptions? fault = null) =>
        new(pipeline, number, image, model.Model.Digest, ContainedVariables.Of(number, model, fault));
}
