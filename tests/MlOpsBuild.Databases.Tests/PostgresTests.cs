using MlOpsBuild.Core;
using MlOpsBuild.Data.Sources;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Databases.Tests;

public sealed class PostgresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [PostgresFact]
    public async Task Values_of_every_usual_type_are_written_as_a_file_holds_them()
    {
        using var server = await PostgresServer.StartAsync();
        await server.ExecuteAsync("""
            create table trips (id bigint, name text, rich numeric(12,4), share double precision, warm boolean, day date, at timestamp, zoned timestamptz, token uuid);
            insert into trips values
              (1, 'a, "b"', 12.5000, 0.1, true, '2011-01-31', '2011-01-31 05:30:00.25', '2011-07-01 05:30:00+02', '01234567-89ab-cdef-0123-456789abcdef'),
              (2, null, null, null, null, null, null, null, null);
            """);

        (await AskAsync(server, "select * from trips order by id")).Split('\n').ShouldBe(
        [
            "id,name,rich,share,warm,day,at,zoned,token",
            "1,\"a, \"\"b\"\"\",12.5000,0.1,true,2011-01-31,2011-01-31T05:30:00.25,2011-07-01T03:30:00Z,01234567-89ab-cdef-0123-456789abcdef",
            "2,,,,,,,,",
            "",
        ]);
    }

    [PostgresFact]
    public async Task A_build_changes_nothing()
    {
        using var server = await PostgresServer.StartAsync();
        await server.ExecuteAsync("create table trips (id int)");

        var refused = await Should.ThrowAsync<StageFailedException>(AskAsync(server, "insert into trips values (1) returning id"));

        refused.Findings.ShouldHaveSingleItem().Value!.ShouldContain("read-only");
    }

    [PostgresFact]
    public async Task What_it_cannot_answer_is_told_without_the_password_and_leaves_no_file()
    {
        using var server = await PostgresServer.StartAsync();

        var wrong = await Should.ThrowAsync<StageFailedException>(AskAsync(server, "select * from nothing"));
        var list = await Should.ThrowAsync<StageFailedException>(AskAsync(server, "select array[1, 2] as many"));

        wrong.Findings[0].What.ShouldBe("The database did not answer the query");
        wrong.ToString().ShouldNotContain("s3cret-w0rd");
        list.Findings[0].Where!.ShouldEndWith("column many");
        File.Exists(_folder["rows.csv"]).ShouldBeFalse();
    }

    [Fact]
    public async Task A_variable_that_is_missing_or_no_connection_is_wrong_usage_and_never_shown()
    {
        var query = Databases.Postgres("SHOP_DB", "select 1");

        var missing = await Should.ThrowAsync<UsageException>(WriteAsync(query, []));
        var wrong = await Should.ThrowAsync<UsageException>(WriteAsync(query, new() { ["SHOP_DB"] = "Passwort=s3cret-w0rd" }));

        missing.Findings[0].Where.ShouldBe("$SHOP_DB");
        wrong.ToString().ShouldNotContain("s3cret");
        query.Describe().ShouldBe($"PostgreSQL of $SHOP_DB, query {Digest.Of("select 1").Abbreviated}");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> AskAsync(PostgresServer server, string sql)
    {
        await WriteAsync(Databases.Postgres("SHOP_DB", sql), new() { ["SHOP_DB"] = server.Connection });
        return await File.ReadAllTextAsync(_folder["rows.csv"]);
    }

    private Task<Artifact> WriteAsync(DatabaseQuery query, Dictionary<string, string> variables) =>
        QuerySnapshot.WriteAsync(query, variables, _folder["rows.csv"], new Progress<string>(), CancellationToken.None);
}
