using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests.Ci;

/// <summary>What <c>--json</c> prints, as a program of somebody else's reads it.</summary>
public sealed class DocumentsKeepTheirSchemas(BuiltRepository repository) : EndToEndTest(repository, warm: true)
{
    private static readonly (string Schema, string[] Command)[] Documents =
    [
        ("status", ["Status"]), ("history", ["History"]), ("history-at", ["History", "--at", "2026-01-01 12:00"]), ("lineage", ["Lineage"]),
        ("maturity", ["Maturity"]), ("plan", ["Train", "Deploy", "--plan"]),
    ];

    [CiToolsFact]
    public async Task All_of_them_are_valid()
    {
        await Checkout.DeployAsync();
        foreach (var (schema, command) in Documents)
        {
            var file = Path.Combine(Checkout.Runtime, $"{schema}.json");
            await File.WriteAllTextAsync(file, (await Checkout.RunAsync([.. command, "--json"])).Expect(0).Output);
            (await CiTools.CheckJsonAsync(
                Checkout.Environment, Checkout.Root, Path.Combine(Checkout.Root, "src", "docs", "schemas", $"{schema}.schema.json"), file))
                .Expect(0).Output.ShouldBeEmpty(schema);
        }
    }
}
