namespace MlOpsBuild.Databases.Tests;

/// <summary>A test against a real PostgreSQL; reported as skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>A test that starts one.</summary>
    public PostgresFactAttribute() => Skip = PostgresServer.Missing!;
}
