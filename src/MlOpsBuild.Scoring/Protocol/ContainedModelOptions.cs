using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Protocol;

/// <summary>
/// What a model server in a container serves: a file of its image. Version and port come from the container's environment.
/// </summary>
/// <param name="Pipeline">Name in answers and metrics.</param>
/// <param name="ModelFile">The model.</param>
/// <param name="ModelDigest">What the model file must be, <c>sha256:…</c>.</param>
/// <param name="Known">Columns of the data contract that are known when predicting.</param>
public sealed record ContainedModelOptions(string Pipeline, string ModelFile, string ModelDigest, IReadOnlyList<FieldRule> Known)
{
    /// <summary>The variable that holds the version's number.</summary>
    public const string VersionVariable = "MLOPS_MODEL_VERSION";

    /// <summary>The variable that holds the port for predictions.</summary>
    public const string PortVariable = "MLOPS_PORT";

    /// <summary>The variable that holds the digest that the model must have, whatever the image says of itself.</summary>
    public const string DigestVariable = "MLOPS_MODEL_DIGEST";

    /// <summary>The variable that holds a fault to rehearse, as JSON.</summary>
    public const string FaultVariable = "MLOPS_FAULT";

    /// <summary>The variable that holds where the model must come from, as JSON.</summary>
    public const string OriginVariable = "MLOPS_ORIGIN";

    /// <summary>The port where no other one is named.</summary>
    public const int UsualPort = 8080;

    /// <summary>The port of a gateway's administration.</summary>
    public const int UsualAdminPort = 8081;
}
