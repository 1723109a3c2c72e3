// Put into a copy of livekit-server's package `test`: its integration tests speak to a server that runs elsewhere.

package test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"time"

	"github.com/livekit/mediatransportutil/pkg/rtcconfig"

	"github.com/livekit/livekit-server/pkg/config"
	"github.com/livekit/livekit-server/pkg/service"
)

// Of the protocols that each test is run with, the one that SUITE_RTC_PATH names is taken.
func init() {
	for _, path := range testRTCServicePaths {
		if path.String() == os.Getenv("SUITE_RTC_PATH") {
			testRTCServicePaths = []testRTCServicePath{path}
			return
		}
	}
	panic("SUITE_RTC_PATH names none of livekit-server's paths")
}

// The server that is handed out is never started: tests ask it for its port only.
func setupSingleNodeTest(string) (*service.LivekitServer, func()) {
	unused := createSingleNodeServer(func(c *config.Config) {
		c.Port = defaultServerPort
		c.RTC.UDPPort = rtcconfig.PortRange{}
		c.RTC.ICEPortRangeStart = 50000
		c.RTC.ICEPortRangeEnd = 50010
		c.RTC.TCPPort = 0
	})
	return unused, startElsewhere()
}

// Both nodes are the one server.
func setupMultiNodeTestWithConfig(name string, _ func(*config.Config)) (*service.LivekitServer, *service.LivekitServer, func()) {
	unused, finish := setupSingleNodeTest(name)
	return unused, unused, finish
}

// Runs the command of SUITE_SERVER, a JSON array, until the test ends.
func startElsewhere() func() {
	var command []string
	if err := json.Unmarshal([]byte(os.Getenv("SUITE_SERVER")), &command); err != nil {
		panic(err)
	}
	server := exec.Command(command[0], command[1:]...)
	if err := server.Start(); err != nil {
		panic(err)
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		res, err := http.Get(fmt.Sprintf("http://localhost:%d", defaultServerPort))
		if err == nil && res.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(deadline) {
			panic("the server does not answer")
		}
	}
	return func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	}
}
