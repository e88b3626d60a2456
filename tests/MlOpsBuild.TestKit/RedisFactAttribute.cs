namespace MlOpsBuild.TestKit;

/// <summary>A test against a real Redis server; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    /// <summary>A test that starts <see cref="RedisServer"/>.</summary>
    public RedisFactAttribute() => Skip = RedisServer.Missing!;
}
