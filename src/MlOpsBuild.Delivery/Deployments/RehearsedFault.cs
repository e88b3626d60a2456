namespace MlOpsBuild.Delivery.Deployments;

/// <summary>A version that was made bad on purpose never serves, whatever its judge says.</summary>
internal static class RehearsedFault
{
    public static string Unnoticed(string verdict) => $"the rehearsed fault was not noticed ({verdict}); a version made bad on purpose never serves";
}
