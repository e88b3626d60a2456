using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Differences.Tests;

public sealed class ContractChangesTests
{
    private static readonly ColumnContract Age = Column("age", FieldKind.Whole) with { Rule = new("age", FieldKind.Whole, 0, 120) };
    private static readonly ColumnContract Plan = Column("plan", FieldKind.Category) with
    {
        Rule = new("plan", FieldKind.Category, Categories: ["basic", "pro"])
    };

    public static TheoryData<string, ColumnContract, ColumnContract, bool> Changes => new()
    {
        { "a wider range", Age, Age with { Rule = Age.Rule with { Maximum = 150 } }, false },
        { "no range any more", Age, Age with { Rule = Age.Rule with { Minimum = null, Maximum = null } }, false },
        { "a narrower range", Age, Age with { Rule = Age.Rule with { Minimum = 18 } }, true },
        { "a range where none was", Age with { Rule = new("age", FieldKind.Whole) }, Age, true },
        { "a whole number that may be any number", Age, Age with { Rule = Age.Rule with { Kind = FieldKind.Real } }, false },
        { "a number that must be whole", Age with { Rule = Age.Rule with { Kind = FieldKind.Real } }, Age, true },
        { "another kind", Age, Age with { Rule = new("age", FieldKind.Text) }, true },
        { "one more category", Plan, Plan with { Rule = Plan.Rule with { Categories = ["basic", "pro", "team"] } }, false },
        { "any text", Plan, Plan with { Rule = new("plan", FieldKind.Text) }, false },
        { "a category less", Plan, Plan with { Rule = Plan.Rule with { Categories = ["pro"] } }, true },
        { "may be empty", Age, Age with { Nullable = true }, false },
        { "may not be empty", Age with { Nullable = true }, Age, true },
        { "unique", Age, Age with { Unique = true }, true },
        { "another role", Age, Age with { Role = ColumnRole.Leak }, true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_accepts_less_than_before_breaks_and_what_accepts_more_does_not(
        string change, ColumnContract before, ColumnContract now, bool breaks)
    {
        ContractChanges.Between(Contract(before), Contract(now)).ShouldHaveSingleItem().IsBreaking.ShouldBe(breaks, change);
        ContractChanges.Unannounced(Contract(before), Contract(now)).Any().ShouldBe(breaks, change);
    }

    [Fact]
    public void The_same_contract_has_no_changes() => ContractChanges.Between(Contract(Age, Plan), Contract(Plan, Age)).ShouldBeEmpty();

    [Fact]
    public void A_column_that_is_gone_breaks_and_a_new_one_does_where_it_is_needed()
    {
        ContractChanges.Between(Contract(Age, Plan), Contract(Age)).ShouldHaveSingleItem().IsBreaking.ShouldBeTrue();
        ContractChanges.Between(Contract(Age), Contract(Age, Plan)).ShouldHaveSingleItem().IsBreaking.ShouldBeTrue();
        ContractChanges.Between(Contract(Age), Contract(Age, Plan with { Nullable = true }))
            .ShouldHaveSingleItem()
            .IsBreaking.ShouldBeFalse();
    }

    [Fact]
    public void A_higher_version_of_the_contract_announces_what_breaks()
    {
        var (first, second) = (ContractReader.Of<First>(), ContractReader.Of<Second>());

        (first.Version, second.Version).ShouldBe((1, 2));
        ContractChanges.Between(first, second).ShouldHaveSingleItem().IsBreaking.ShouldBeTrue();
        ContractChanges.Unannounced(first, second).ShouldBeEmpty();
        ContractChanges.Unannounced(second, ContractReader.Of<Third>()).ShouldHaveSingleItem().Fix!.ShouldContain("[ContractVersion(3)]");
    }

    [Fact]
    public void The_version_is_kept_and_the_first_one_is_not_written()
    {
        var (first, second) =
            (Core.CanonicalJson.Serialize(ContractReader.Of<First>()), Core.CanonicalJson.Serialize(ContractReader.Of<Second>()));

        System.Text.Encoding.UTF8.GetString(first).ShouldNotContain("version");
        (Core.CanonicalJson.Deserialize<DataContract>(first).Version, Core.CanonicalJson.Deserialize<DataContract>(second).Version)
            .ShouldBe((1, 2));
    }

    [Fact]
    public void A_version_below_one_is_refused() =>
        Should.Throw<Core.UsageException>(ContractReader.Of<Wrong>)
            .Findings.ShouldHaveSingleItem()
            .What.ShouldBe("No version of a contract");

    private static ColumnContract Column(string name, FieldKind kind) => new() { Rule = new(name, kind), Property = name };

    private static DataContract Contract(params ColumnContract[] columns) => new("Rows", columns);

    private sealed record First([property: Range(0, 10)] int Value, [property: Label] double Y);

    [ContractVersion(2)]
    private sealed record Second([property: Range(0, 9)] int Value, [property: Label] double Y);

    [ContractVersion(2)]
    private sealed record Third([property: Range(0, 8)] int Value, [property: Label] double Y);

    [ContractVersion(0)]
    private sealed record Wrong([property: Range(0, 8)] int Value, [property: Label] double Y);
}
