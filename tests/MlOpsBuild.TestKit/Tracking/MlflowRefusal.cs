namespace MlOpsBuild.TestKit.Tracking;

/// <summary>What MLflow refuses, by its own code.</summary>
internal sealed class MlflowRefusal(string code, string message) : Exception(message)
{
    public string Code => code;

    /// <summary>The status that MLflow answers with this code.</summary>
    public int Status => code switch
    {
        "UNAUTHENTICATED" => 401,
        "PERMISSION_DENIED" => 403,
        "RESOURCE_DOES_NOT_EXIST" or "ENDPOINT_NOT_FOUND" => 404,
        "REQUEST_LIMIT_EXCEEDED" => 429,
        "INTERNAL_ERROR" => 500,
        "TEMPORARILY_UNAVAILABLE" => 503,
        _ => 400,
    };

    public static MlflowRefusal Invalid(string message) => new("INVALID_PARAMETER_VALUE", message);

    public static MlflowRefusal Missing(string message) => new("RESOURCE_DOES_NOT_EXIST", message);

    public static MlflowRefusal There(string message) => new("RESOURCE_ALREADY_EXISTS", message);
}
