using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Data.Contracts.Tests;

public sealed class ContractReaderTests
{
    private static readonly DataContract Contract = ContractReader.Of<Row>();

    [Fact]
    public void Columns_come_in_declaration_order_with_the_records_name()
    {
        Contract.Name.ShouldBe("Row");
        Contract.Columns.Select(column => column.Property)
            .ShouldBe(["Id", "Day", "Hour", "Real", "Long", "Flag", "Colour", "Remark", "Optional", "Total", "Value"]);
    }

    [Fact]
    public void A_column_is_called_like_its_property_unless_it_says_otherwise()
    {
        Contract.OfProperty("Id").Name.ShouldBe("the id");
        Contract.OfProperty("Day").Name.ShouldBe("Day");
    }

    [Theory]
    [InlineData("Id", FieldKind.Whole)]
    [InlineData("Day", FieldKind.Date)]
    [InlineData("Real", FieldKind.Real)]
    [InlineData("Long", FieldKind.Whole)]
    [InlineData("Flag", FieldKind.Flag)]
    [InlineData("Colour", FieldKind.Category)]
    [InlineData("Remark", FieldKind.Text)]
    [InlineData("Optional", FieldKind.Real)]
    public void The_kind_follows_from_the_type_and_from_categories(string property, FieldKind kind) =>
        Contract.OfProperty(property).Rule.Kind.ShouldBe(kind);

    [Fact]
    public void Attributes_become_promises()
    {
        Contract.OfProperty("Hour").Rule.ShouldBe(new FieldRule("Hour", FieldKind.Whole, 0, 23));
        Contract.OfProperty("Colour").Rule.Categories.ShouldBe(["red", "green"]);
        Contract.OfProperty("Day").Timestamp.ShouldBe(TimestampPart.Day);
        Contract.OfProperty("Hour").Timestamp.ShouldBe(TimestampPart.Hour);
        Contract.OfProperty("Real").Timestamp.ShouldBeNull();
        Contract.Columns.Where(column => column.PersonalData).Select(column => column.Property).ShouldBe(["Remark"]);
        Contract.Columns.Where(column => column.Unique).Select(column => column.Property).ShouldBe(["Id", "Long"]);
    }

    [Fact]
    public void Roles_say_what_may_be_a_feature()
    {
        Contract.OfProperty("Id").Role.ShouldBe(ColumnRole.Identifier);
        Contract.OfProperty("Real").Role.ShouldBe(ColumnRole.Feature);
        Contract.OfProperty("Total").Role.ShouldBe(ColumnRole.Leak);
        Contract.OfProperty("Total").Note.ShouldBe("adds up to the label");
        Contract.Label.Property.ShouldBe("Value");
    }

    [Fact]
    public void Question_marks_make_columns_nullable() =>
        Contract.Columns.Where(column => column.Nullable).Select(column => column.Property).ShouldBe(["Remark", "Optional"]);

    [Fact]
    public void All_problems_of_a_record_are_reported_at_once()
    {
        var failure = Should.Throw<UsageException>(() => ContractReader.Of<Unusable>());

        failure.ExitCode.ShouldBe(ExitCodes.WrongUsage);
        failure.Findings.Select(finding => finding.Where).ShouldBe(["Unusable.When", "Unusable.Id", null]);
        failure.Findings[0].Value.ShouldBe("TimeSpan");
        failure.Findings[0].Expected!.ShouldContain("DateOnly");
        failure.Findings[2].What.ShouldContain("[Label]");
    }

    [Fact]
    public void Two_labels_are_one_too_many() =>
        Should.Throw<UsageException>(() => ContractReader.Of<TwoLabels>()).Findings.ShouldHaveSingleItem().What.ShouldContain("[Label]");

    [Fact]
    public void Two_columns_of_one_name_are_refused() => Should.Throw<UsageException>(() => ContractReader.Of<SameNames>());

    [Fact]
    public void The_contract_survives_storage()
    {
        var copy = CanonicalJson.Deserialize<DataContract>(CanonicalJson.Serialize(Contract));

        CanonicalJson.Serialize(copy).ShouldBe(CanonicalJson.Serialize(Contract));
        copy.Label.Name.ShouldBe("Value");
    }

    private sealed record Row(
        [property: Column("the id"), Identifier] int Id,
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour), Range(0, 23)] int Hour,
        double Real,
        [property: Unique] long Long,
        bool Flag,
        [property: Categories("red", "green")] string Colour,
        [property: PersonalData] string? Remark,
        double? Optional,
        [property: Leak("adds up to the label")] int Total,
        [property: Label] double Value);

    private sealed record Unusable(TimeSpan When, Guid Id, double Value);

    private sealed record TwoLabels([property: Label] double First, [property: Label] double Second);

    private sealed record SameNames(
        [property: Column("x")] double First,
        [property: Column("x")] double Second,
        [property: Label] double Value);
}
