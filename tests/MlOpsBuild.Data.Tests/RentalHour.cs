using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tests;

/// <summary>The columns of the UCI file <c>hour.csv</c>, which the simulator copies.</summary>
public sealed record RentalHour(
    [property: Column("instant"), Identifier] int Instant,
    [property: Column("dteday"), Timestamp] DateOnly Day,
    [property: Column("season"), Categories("1", "2", "3", "4")] int Season,
    [property: Column("yr"), Range(0, 50)] int Year,
    [property: Column("mnth"), Range(1, 12)] int Month,
    [property: Column("hr"), Range(0, 23), Timestamp(TimestampPart.Hour)] int Hour,
    [property: Column("holiday")] bool Holiday,
    [property: Column("weekday"), Range(0, 6)] int Weekday,
    [property: Column("workingday")] bool WorkingDay,
    [property: Column("weathersit"), Categories("1", "2", "3", "4")] int Weather,
    [property: Column("temp"), Range(0, 1)] double Temperature,
    [property: Column("atemp"), Range(0, 1)] double FeltTemperature,
    [property: Column("hum"), Range(0, 1)] double Humidity,
    [property: Column("windspeed"), Range(0, 1)] double WindSpeed,
    [property: Column("casual"), Range(0, 100000), Leak("part of the label")] int Casual,
    [property: Column("registered"), Range(0, 100000), Leak("part of the label")] int Registered,
    [property: Column("cnt"), Range(0, 100000), Label] int Count);
